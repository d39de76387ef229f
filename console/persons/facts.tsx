import type { ComponentChildren } from 'preact';
import type { OnePersonQuery } from '../graph/generated.js';
import { Card, Status, When } from '../ui/parts.js';

/** What five providers say of one person. */
export function Facts({ of: person }: { of: NonNullable<OnePersonQuery['person']> }) {
  const { email, twoFactorMessages, vipUser, safeBoxes, safeBoxFavorite, xqKeys, pgpKey, smimeCertificate } =
    person;
  const key = pgpKey?.publicRing?.keys[0];
  return (
    <Card title={email}>
      <dl class="facts">
        <Fact name="PassBy[ME]">
          {twoFactorMessages?.edges.length
            ? twoFactorMessages.edges.map(({ node }, index) => (
                <span key={index}>
                  {node.subject} <Status of={node.outcome} />
                </span>
              ))
            : null}
        </Fact>
        <Fact name="Symantec VIP">
          {vipUser && (
            <span>
              <Status of={vipUser.status} /> {vipUser.credentials.length} credentials
              {vipUser.isPinSet ? ', with a PIN' : ''}
            </span>
          )}
        </Fact>
        <Fact name="SendSecure">
          {safeBoxes?.totalCount
            ? safeBoxes.edges.map(({ node }, index) => (
                <span key={index}>
                  {node.subject} <Status of={node.status} />
                </span>
              ))
            : null}
          {safeBoxFavorite && <span>a favorite, of {safeBoxFavorite.companyName ?? 'no company'}</span>}
        </Fact>
        <Fact name="XQ Message">
          {xqKeys?.edges.length
            ? xqKeys.edges.map(({ node }, index) => (
                <span key={index}>
                  {node.subject ?? 'a key'} <Status of={node.status} />
                </span>
              ))
            : null}
        </Fact>
        <Fact name="OX Guard">
          {key && (
            <span>
              PGP key <code>{key.keyIdHex}</code>{' '}
              <Status of={pgpKey.source?.isTrusted ? 'trusted' : 'not trusted'} />
            </span>
          )}
          {smimeCertificate?.expiresAt && (
            <span>
              certificate until <When at={smimeCertificate.expiresAt} />
            </span>
          )}
        </Fact>
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  const isEmpty = Array.isArray(children) ? children.every((child) => !child) : !children;
  return (
    <>
      <dt>{name}</dt>
      <dd>{isEmpty ? <span class="hint">nothing</span> : children}</dd>
    </>
  );
}
