/** What somebody handed in is not what it claims to be; the message is a sentence for a person. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Either what holds, or a sentence that says why it does not. */
export type Outcome<T> = { readonly holds: true; readonly value: T } | { readonly holds: false; readonly why: string };

/** Turns a refusal into an outcome. Other errors are faults of the program or the machine and go on to the caller. */
export async function outcomeOf<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { holds: true, value: await work() };
  } catch (error) {
    if (error instanceof Refused) {
      return { holds: false, why: error.message };
    }
    throw error;
  }
}
