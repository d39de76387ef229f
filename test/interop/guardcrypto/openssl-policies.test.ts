import { after, describe, it } from 'node:test';
import {
  ANTON,
  authority,
  checkPath,
  openPathJudges,
  ROOT,
  SIGNER,
  type PathCase,
  type PathCertificate,
} from '../../support/certificate-paths.js';

// Groups 4.8 to 4.12 of NIST PKITS; what is covered of the others, and what is not, is said in openssl-paths.

const judge = openPathJudges({ after });

const [ONE, TWO, THREE, ANY] = ['1.2.3.4', '1.2.3.5', '1.2.3.6', '2.5.29.32.0'] as const;
const has = (...policies: string[]) => `certificatePolicies=${policies.join(',')}`;
const maps = (...pairs: string[]) => `policyMappings=critical,${pairs.join(',')}`;
const asks = (...rules: string[]) => `policyConstraints=critical,${rules.join(',')}`;
const EXPLICIT = 'requireExplicitPolicy:0';
const bears = (...policies: string[]): PathCertificate => ({
  ...ANTON,
  extensions: [...SIGNER, ...(policies.length === 0 ? [] : [has(...policies)])],
});

const policies = ['-policy', ANY];
const CASES: readonly PathCase[] = [
  {
    name: '4.8 different policies that nobody asks for',
    path: [ROOT, authority('middle', 'root', has(ONE)), bears(TWO)],
    policies,
    outcome: 'GOOD',
  },
  {
    name: '4.8 different policies where one is asked for',
    path: [ROOT, authority('middle', 'root', has(ONE), asks(EXPLICIT)), bears(TWO)],
    policies,
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.8 any policy, and one',
    path: [ROOT, authority('middle', 'root', has(ANY), asks(EXPLICIT)), bears(ONE)],
    policies,
    outcome: 'GOOD',
  },
  {
    name: '4.9 a policy that is asked for',
    path: [ROOT, authority('middle', 'root', has(ONE), asks(EXPLICIT)), bears(ONE)],
    policies,
    outcome: 'GOOD',
  },
  {
    name: '4.9 a policy that is asked for and missing',
    path: [ROOT, authority('middle', 'root', has(ONE), asks(EXPLICIT)), bears()],
    policies,
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.9 a policy that is asked for two further on, and missing there',
    path: [
      ROOT,
      authority('upper', 'root', has(ONE), asks('requireExplicitPolicy:2')),
      authority('middle', 'upper', has(ONE)),
      bears(TWO),
    ],
    policies,
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.9 a policy that is asked for only behind the end',
    path: [
      ROOT,
      authority('upper', 'root', has(ONE), asks('requireExplicitPolicy:3')),
      authority('middle', 'upper', has(ONE)),
      bears(TWO),
    ],
    policies,
    outcome: 'GOOD',
  },
  {
    name: '4.10 a policy that is mapped to another',
    path: [ROOT, authority('middle', 'root', has(ONE), asks(EXPLICIT), maps(`${ONE}:${TWO}`)), bears(TWO)],
    policies,
    outcome: 'GOOD',
  },
  {
    name: '4.10 the policy that was mapped away',
    path: [ROOT, authority('middle', 'root', has(ONE), asks(EXPLICIT), maps(`${ONE}:${TWO}`)), bears(ONE)],
    policies,
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.10 a policy mapped twice',
    path: [
      ROOT,
      authority('upper', 'root', has(ONE), asks(EXPLICIT), maps(`${ONE}:${TWO}`)),
      authority('middle', 'upper', has(TWO), maps(`${TWO}:${THREE}`)),
      bears(THREE),
    ],
    policies,
    outcome: 'GOOD',
  },
  {
    name: '4.10 a policy mapped to two',
    path: [
      ROOT,
      authority('middle', 'root', has(ONE), asks(EXPLICIT), maps(`${ONE}:${TWO}`, `${ONE}:${THREE}`)),
      bears(THREE),
    ],
    policies,
    outcome: 'GOOD',
  },
  {
    name: '4.10 a mapping of a policy that the authority does not have',
    path: [ROOT, authority('middle', 'root', has(ONE), asks(EXPLICIT), maps(`${THREE}:${TWO}`)), bears(TWO)],
    policies,
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.10 a mapping of one policy where the authority has any',
    path: [ROOT, authority('middle', 'root', has(ANY), asks(EXPLICIT), maps(`${ONE}:${TWO}`)), bears(TWO)],
    policies,
    outcome: 'GOOD',
  },
  {
    name: '4.10 a mapping to any policy',
    path: [ROOT, authority('middle', 'root', has(ONE), maps(`${ONE}:${ANY}`)), bears(ONE)],
    policies,
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.10 a mapping from any policy',
    path: [ROOT, authority('middle', 'root', has(ANY), maps(`${ANY}:${ONE}`)), bears(ONE)],
    policies,
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.11 a mapping where none is allowed any more',
    path: [
      ROOT,
      authority('upper', 'root', has(ONE), asks(EXPLICIT, 'inhibitPolicyMapping:0')),
      authority('middle', 'upper', has(ONE), maps(`${ONE}:${TWO}`)),
      bears(TWO),
    ],
    policies,
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.11 a mapping in the last place where one is allowed',
    path: [
      ROOT,
      authority('upper', 'root', has(ONE), asks(EXPLICIT, 'inhibitPolicyMapping:1')),
      authority('middle', 'upper', has(ONE), maps(`${ONE}:${TWO}`)),
      bears(TWO),
    ],
    policies,
    outcome: 'GOOD',
  },
  {
    name: '4.11 a mapping one place further on',
    path: [
      ROOT,
      authority('upper', 'root', has(ONE), asks(EXPLICIT, 'inhibitPolicyMapping:1')),
      authority('next', 'upper', has(ONE)),
      authority('middle', 'next', has(ONE), maps(`${ONE}:${TWO}`)),
      bears(TWO),
    ],
    policies,
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.11 a new key between, which counts for nothing',
    path: [
      ROOT,
      authority('upper', 'root', has(ONE), asks(EXPLICIT, 'inhibitPolicyMapping:1')),
      { ...authority('renewed', 'upper', has(ONE)), subject: '/CN=upper' },
      authority('middle', 'renewed', has(ONE), maps(`${ONE}:${TWO}`)),
      bears(TWO),
    ],
    policies,
    outcome: 'GOOD',
  },
  {
    name: '4.11 the first rule holds, whatever a later one says',
    path: [
      ROOT,
      authority('upper', 'root', has(ONE), asks(EXPLICIT, 'inhibitPolicyMapping:0')),
      authority('next', 'upper', has(ONE), asks('inhibitPolicyMapping:5')),
      authority('middle', 'next', has(ONE), maps(`${ONE}:${TWO}`)),
      bears(TWO),
    ],
    policies,
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.12 any policy where it is inhibited',
    path: [ROOT, authority('middle', 'root', has(ONE), asks(EXPLICIT), 'inhibitAnyPolicy=0'), bears(ANY)],
    policies,
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.12 any policy in the last place where it is allowed',
    path: [
      ROOT,
      authority('upper', 'root', has(ONE), asks(EXPLICIT), 'inhibitAnyPolicy=1'),
      authority('middle', 'upper', has(ANY)),
      bears(ONE),
    ],
    policies,
    outcome: 'GOOD',
  },
];

describe('policies along a path come out as OpenSSL has them', () => {
  for (const one of CASES) it(`${one.name}: ${one.outcome}`, async (t) => checkPath(judge(t, one), one));
});
