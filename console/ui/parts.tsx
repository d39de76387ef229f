import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { messageOf } from '../graph/client.js';

/** A titled part of a panel. */
export function Card({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string;
  children: ComponentChildren;
}) {
  const id = useId();
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {hint && <p class="hint">{hint}</p>}
      {children}
    </section>
  );
}

const TONES: Readonly<Record<string, string>> = {
  APPROVED: 'good',
  SEEN: 'good',
  AVAILABLE: 'good',
  ACTIVE: 'good',
  ENABLED: 'good',
  GOOD: 'good',
  IN_PROGRESS: 'good',
  closed: 'good',
  DENIED: 'bad',
  BAD: 'bad',
  REVOKED: 'bad',
  FAILED: 'bad',
  LOCKED: 'bad',
  open: 'bad',
  PENDING: 'waiting',
  NOTIFIED: 'waiting',
  DOWNLOADED: 'waiting',
  KEY_MISSING: 'waiting',
  'half-open': 'waiting',
};

/** A word of the graph, coloured by what it means; the word itself says it too. */
export function Status({ of, tone = TONES[of] ?? 'plain' }: { of: string; tone?: string }) {
  return <span class={`status ${tone}`}>{of.toLowerCase().replaceAll('_', ' ')}</span>;
}

/** A button that does something which may fail; what went wrong is said beside it. */
export function Action({
  label,
  run,
  tone = 'plain',
  disabled = false,
}: {
  label: string;
  run: () => Promise<unknown>;
  tone?: 'plain' | 'main' | 'good' | 'bad';
  disabled?: boolean;
}) {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const act = (): void => {
    setBusy(true);
    setFailure(undefined);
    run()
      .catch((reason: unknown) => setFailure(messageOf(reason)))
      .finally(() => setBusy(false));
  };
  return (
    <span class="action">
      <button type="button" class={tone} disabled={disabled || isBusy} onClick={act}>
        {label}
      </button>
      {failure && (
        <span class="failure" role="alert">
          {failure}
        </span>
      )}
    </span>
  );
}

/** A labelled line, or with `rows` a labelled text. */
export function Field({
  label,
  value,
  onInput,
  rows,
  list,
}: {
  label: string;
  value: string;
  onInput: (value: string) => void;
  rows?: number;
  list?: readonly string[];
}) {
  const id = useId();
  const common = { value, spellcheck: false };
  return (
    <label class="field">
      <span>{label}</span>
      {rows === undefined ? (
        <input {...common} list={list && id} onInput={(event) => onInput(event.currentTarget.value)} />
      ) : (
        <textarea {...common} rows={rows} onInput={(event) => onInput(event.currentTarget.value)} />
      )}
      {list && (
        <datalist id={id}>
          {list.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </label>
  );
}

/** A moment, in the words of the reader's place. */
export function When({ at }: { at: string | number }) {
  const moment = new Date(at);
  const isToday = moment.toDateString() === new Date().toDateString();
  return (
    <time dateTime={moment.toISOString()} title={moment.toLocaleString()}>
      {isToday ? moment.toLocaleTimeString() : moment.toLocaleDateString()}
    </time>
  );
}

/** What could not be told, and why. */
export function Errors({
  of,
}: {
  of: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[];
}) {
  if (of.length === 0) return null;
  return (
    <ul class="errors" role="status">
      {of.map(({ message, path }, index) => (
        <li key={index}>
          {path && <code>{path.join('.')}</code>} {message}
        </li>
      ))}
    </ul>
  );
}

/** Stands where a list would be. */
export function Nothing({ children }: { children: ComponentChildren }) {
  return <p class="nothing">{children}</p>;
}
