/** What is wrong with the fields of a form: told when it is found, and gone when the field is edited. */
export class FieldFaults<Name extends string> {
  #told = $state.raw({} as Readonly<Partial<Record<Name, string>>>);

  /** What to say beside a field. */
  of(name: Name): string | undefined {
    return this.#told[name];
  }

  /** Tells what was found, and leaves other fields as they are; true where nothing is wrong with these. */
  tell(found: Readonly<Partial<Record<Name, string | undefined>>>): boolean {
    const told: Partial<Record<Name, string>> = { ...this.#told };
    for (const [name, fault] of Object.entries(found) as [Name, string | undefined][]) {
      if (fault === undefined) {
        delete told[name];
      } else {
        told[name] = fault;
      }
    }
    this.#told = told;
    return Object.values(found).every((fault) => fault === undefined);
  }

  /** The field is being corrected. */
  edited(name: Name): void {
    this.tell({ [name]: undefined } as Partial<Record<Name, undefined>>);
  }
}
