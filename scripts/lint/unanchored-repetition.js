import { RegExpParser } from '@eslint-community/regexpp';

const parser = new RegExpParser();

/** What stands for the characters that an atom may match. */
const CANDIDATES = [...Array.from({ length: 128 }, (_none, code) => String.fromCharCode(code)), 'é', '中'];

/**
 * No endless repetition behind a beginning that it can repeat itself, and before something that can fail: ` Did you mean
 * .+\?$` is tried from each of the beginnings in a text of nothing else, to its end. `no-super-linear-move` knows it only
 * of beginnings of one character.
 */
export const unanchoredRepetition = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      quadratic:
        'A text of many {{beginning}} takes quadratic time here: anchor the expression, bound the repetition, or let it exclude its beginning.',
    },
  },
  create(context) {
    const look = (node, source, flags) => {
      const pattern = patternOf(source, flags);
      const beginning = pattern && findRepeated(pattern, flags);
      if (beginning !== undefined)
        context.report({ node, messageId: 'quadratic', data: { beginning: JSON.stringify(beginning) } });
    };
    const ofCall = (node) => {
      const [source, flags] = node.arguments;
      if (node.callee.name === 'RegExp' && typeof source?.value === 'string')
        look(node, source.value, typeof flags?.value === 'string' ? flags.value : '');
    };
    return {
      Literal(node) {
        if (node.regex) look(node, node.regex.pattern, node.regex.flags);
      },
      NewExpression: ofCall,
      CallExpression: ofCall,
    };
  },
};

function patternOf(source, flags) {
  try {
    return parser.parsePattern(source, 0, source.length, {
      unicode: flags.includes('u'),
      unicodeSets: flags.includes('v'),
    });
  } catch {
    // It is no expression, which others say.
    return undefined;
  }
}

/** The beginning that some repetition can repeat, if there is one. */
function findRepeated({ alternatives }, flags) {
  if (flags.includes('y')) return undefined;
  const isMatched = (raw, text) => new RegExp(`^(?:${raw})$`, flags.replace(/[gm]/g, '')).test(text);

  /** @param before atoms that are matched before; @param canFail whether something behind these may fail */
  const search = (elements, before, canFail) => {
    let atoms = before;
    for (const [index, element] of elements.entries()) {
      const rest = elements.slice(index + 1);
      const fails = canFail || rest.some(({ type, min }) => type !== 'Quantifier' || min > 0);
      if (isTextStart(element, flags)) return undefined;
      if (element.type === 'Quantifier' && element.max === Infinity && fails && atoms.length > 0) {
        const text = textOf(atoms, element.element.raw, isMatched);
        if (text !== undefined) return text;
      }
      for (const inner of innerOf(element)) {
        const found = search(inner, atoms, fails);
        if (found !== undefined) return found;
      }
      atoms = [...atoms, ...atomsOf(element)];
    }
    return undefined;
  };
  for (const { elements } of alternatives) {
    const found = search(elements, [], false);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isTextStart = ({ type, kind }, flags) =>
  type === 'Assertion' && kind === 'start' && !flags.includes('m');

/** Elements of each way through a group, repeated or not. */
function innerOf(element) {
  if (element.type === 'Quantifier') return innerOf(element.element);
  if (element.type === 'Group' || element.type === 'CapturingGroup')
    return element.alternatives.map(({ elements }) => elements);
  return [];
}

/** Expressions for single characters that the element needs, by its first way. */
function atomsOf(element) {
  if (element.type === 'Quantifier') return element.min === 0 ? [] : atomsOf(element.element);
  if (element.type === 'Group' || element.type === 'CapturingGroup')
    return element.alternatives[0].elements.flatMap(atomsOf);
  // A line begins behind the end of another.
  if (element.type === 'Assertion') return element.kind === 'start' ? ['\\n'] : [];
  return element.type.startsWith('Character') ? [element.raw] : [];
}

/** A text of these atoms that is some repetitions of `raw`, too. */
function textOf(atoms, raw, isMatched) {
  const text = atoms
    .map((atom) => {
      const fitting = CANDIDATES.filter((one) => isMatched(atom, one));
      return fitting.find((one) => isMatched(raw, one)) ?? fitting[0];
    })
    .join('');
  return isMatched(`(?:${raw})+`, text) ? text : undefined;
}
