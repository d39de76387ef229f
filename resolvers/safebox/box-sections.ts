import DataLoader from 'dataloader';
import type { Access } from '../../src/providers/safebox/access.js';
import type { BoxCalls, BoxInfo } from '../../src/providers/safebox/boxes.js';
import type { Section, SectionValues } from '../../src/providers/safebox/wire/box.js';

/**
 * The sections of one SafeBox for one request: those asked for at the same time come in one call, and those that came
 * with the summary in none.
 */
export class BoxSections {
  readonly #loader: DataLoader<Section, unknown>;

  constructor(
    boxes: BoxCalls,
    readonly access: Access,
    boxId: string,
    known: Partial<BoxInfo> = {},
  ) {
    this.#loader = new DataLoader(async (names: readonly Section[]) => {
      const [only] = names;
      if (names.length === 1 && only !== undefined) return [await boxes.section(access, boxId, only)];
      const info = await boxes.info(access, boxId, names);
      return names.map((name) => info[name]);
    });
    const preload = (name: Section): void => {
      if (known[name] !== undefined) this.#loader.prime(name, known[name]);
    };
    preload('securityOptions');
    preload('participants');
    preload('messages');
    preload('downloadActivity');
    preload('eventHistory');
  }

  load<Name extends Section>(name: Name): Promise<SectionValues[Name]> {
    // Each section is loaded with the schema of its name.
    return this.#loader.load(name) as Promise<SectionValues[Name]>;
  }
}
