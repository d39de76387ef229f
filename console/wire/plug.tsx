import { Action, Status } from '../ui/parts.js';

/** The plug of a provider, or of the store. */
export function Plug({
  name,
  isPlugged,
  breaker,
  onToggle,
}: {
  name: string;
  isPlugged: boolean;
  breaker?: string | undefined;
  onToggle: (isPlugged: boolean) => Promise<void>;
}) {
  return (
    <div class={isPlugged ? 'plug' : 'plug pulled'} role="group" aria-label={`Plug of ${name}`}>
      <strong>{name}</strong>
      <Status of={isPlugged ? 'plugged in' : 'pulled'} tone={isPlugged ? 'good' : 'bad'} />
      {breaker !== undefined && (
        <span class="hint">
          breaker <Status of={breaker} />
        </span>
      )}
      <Action
        label={isPlugged ? 'Pull the plug' : 'Plug in'}
        tone={isPlugged ? 'bad' : 'good'}
        run={() => onToggle(!isPlugged)}
      />
    </div>
  );
}
