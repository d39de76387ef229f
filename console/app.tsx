import { useEffect, useState } from 'preact/hooks';
import { BoxesPanel } from './boxes/boxes-panel.js';
import { connection } from './graph/client.js';
import { KeysPanel } from './keys/keys-panel.js';
import { PersonsPanel } from './persons/persons-panel.js';
import { PhonesPanel } from './phones/phones-panel.js';
import { TourPanel } from './tour/tour-panel.js';
import { useStore } from './ui/store.js';
import { ThemeSwitch } from './ui/theme.js';
import { WirePanel } from './wire/wire-panel.js';

const PANELS = {
  tour: 'Tour',
  phones: 'Phones',
  boxes: 'Boxes',
  keys: 'Keys',
  persons: 'Persons',
  wire: 'Wire',
};
type PanelName = keyof typeof PANELS;

const TOURED = 'sealgraph:toured';

/** The frame of the console: where one is, whether the server is there, and the panel. */
export function App() {
  const panel = usePlace();
  const { isOpen } = useStore(connection);
  const title = PANELS[panel];
  useEffect(() => {
    document.title = `${title} · Sealgraph console`;
  }, [title]);
  const endTour = (): void => {
    localStorage.setItem(TOURED, 'yes');
    location.hash = '#/phones';
  };
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => (event.preventDefault(), document.getElementById('main')?.focus())}
      >
        Skip to the content
      </a>
      <header class="top">
        <a class="brand" href="#/tour">
          <Mark /> Sealgraph
        </a>
        <nav aria-label="Panels">
          {Object.entries(PANELS).map(([name, label]) => (
            <a key={name} href={`#/${name}`} aria-current={name === panel ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
        <div class="tools">
          <span class={isOpen ? 'presence here' : 'presence away'} role="status">
            {isOpen ? 'live' : 'server away'}
          </span>
          <a href="/graphiql">GraphiQL</a>
          <a href="/sandbox" title="Loads from Apollo: needs the internet">
            Apollo Sandbox
          </a>
          <ThemeSwitch />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {panel !== 'tour' && <h1>{title}</h1>}
        {panel === 'tour' && <TourPanel onDone={endTour} />}
        {panel === 'phones' && <PhonesPanel />}
        {panel === 'boxes' && <BoxesPanel />}
        {panel === 'keys' && <KeysPanel />}
        {panel === 'persons' && <PersonsPanel />}
        {panel === 'wire' && <WirePanel />}
      </main>
      <footer>Everything here is simulated, on this machine alone.</footer>
    </>
  );
}

function usePlace(): PanelName {
  const [place, setPlace] = useState(placeOf(location.hash));
  useEffect(() => {
    const move = (): void => {
      setPlace(placeOf(location.hash));
      scrollTo(0, 0);
    };
    addEventListener('hashchange', move);
    return () => removeEventListener('hashchange', move);
  }, []);
  return place;
}

function placeOf(hash: string): PanelName {
  const name = hash.replace('#/', '');
  if (isPanel(name)) return name;
  return localStorage.getItem(TOURED) === null ? 'tour' : 'phones';
}

function isPanel(name: string): name is PanelName {
  return Object.hasOwn(PANELS, name);
}

function Mark() {
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path
        d="M12 2 21 7v10l-9 5-9-5V7z"
        fill="none"
        stroke="currentColor"
        stroke-width="1.8"
        stroke-linejoin="round"
      />
      <circle cx="12" cy="12" r="3.2" fill="currentColor" />
    </svg>
  );
}
