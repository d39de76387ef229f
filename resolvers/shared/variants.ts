import { InputType, ObjectType } from 'type-graphql';
import type { ClassType } from 'type-graphql';

/** Object types by name that differ from `Base` in nothing but name and description. */
export function objectTypes<Base extends object, Name extends string>(
  Base: ClassType<Base>,
  descriptions: Readonly<Record<Name, string>>,
): Readonly<Record<Name, ClassType<Base>>> {
  return variants(Base, descriptions, ObjectType);
}

/** Input types by name that differ from `Base` in nothing but name and description. */
export function inputTypes<Base extends object, Name extends string>(
  Base: ClassType<Base>,
  descriptions: Readonly<Record<Name, string>>,
): Readonly<Record<Name, ClassType<Base>>> {
  return variants(Base, descriptions, InputType);
}

function variants<Base extends object, Name extends string>(
  Base: ClassType<Base>,
  descriptions: Readonly<Record<Name, string>>,
  declare: (name: string, options: { readonly description: string }) => ClassDecorator,
): Readonly<Record<Name, ClassType<Base>>> {
  const Parent: ClassType = Base;
  const made = Object.entries<string>(descriptions).map(([name, description]) => {
    class Variant extends Parent {}
    declare(name, { description })(Variant);
    return [name, Variant];
  });
  return Object.fromEntries(made) as Record<Name, ClassType<Base>>;
}
