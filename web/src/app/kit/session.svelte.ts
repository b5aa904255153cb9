export interface Person { id: string; name: string; roles: string[]; address: string | null; memberNumber: number | null }
let person = $state<Person | null>(null);
export const signedIn = (): Person | null => person;
export function setPerson(to: Person | null): void { person = to; }
