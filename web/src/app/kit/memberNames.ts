/** Members with their names, as the API gives them to a manager. */
export interface NamedMembers {
  readonly items: readonly { readonly number: number; readonly name?: string | null }[];
}

/** The names of members by number; those that are not told are left out. */
export function memberNames(members: NamedMembers | undefined): ReadonlyMap<number, string> {
  return new Map((members?.items ?? []).flatMap(({ number, name }) => (name ? [[number, name] as const] : [])));
}
