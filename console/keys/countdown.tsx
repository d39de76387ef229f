import { useEffect, useState } from 'preact/hooks';

/** The time that is left, by the second. */
export function Countdown({ until }: { until: string }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((Date.parse(until) - now) / 1_000));
  const two = (number: number): string => String(Math.floor(number)).padStart(2, '0');
  return (
    <time class="countdown" dateTime={until} title={new Date(until).toLocaleString()}>
      {two(seconds / 3_600)}:{two((seconds / 60) % 60)}:{two(seconds % 60)}
    </time>
  );
}
