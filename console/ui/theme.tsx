import { useState } from 'preact/hooks';

const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
const KEPT = 'sealgraph:theme';

const keptTheme = (): Theme => THEMES.find((one) => one === localStorage.getItem(KEPT)) ?? 'system';

const show = (theme: Theme): void => {
  document.documentElement.style.colorScheme = theme === 'system' ? 'light dark' : theme;
};

// Before anything is painted.
show(keptTheme());

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>(keptTheme);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  const change = (): void => {
    localStorage.setItem(KEPT, next);
    show(next);
    setTheme(next);
  };
  return (
    <button type="button" class="quiet" aria-label={`Colours: ${theme}. Change to ${next}.`} onClick={change}>
      {theme === 'light' ? '☀' : theme === 'dark' ? '☾' : '◐'}
    </button>
  );
}
