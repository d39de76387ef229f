import { Directive } from 'type-graphql';

/**
 * Declares, visibly in the SDL, that a field asks its provider whenever it is selected, or one of an input whenever it is
 * given; the fields of root types are taken to do so without it. The gateway reckons with it before an operation runs.
 */
export function CallsProvider(calls = 1): MethodDecorator & PropertyDecorator {
  return Directive(`@cost(weight: ${calls})`);
}

/** Declares that a connection has as many edges as `first` says. */
export function SizedByFirst(): MethodDecorator & PropertyDecorator {
  return Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["edges"], requireOneSlicingArgument: false)',
  );
}
