import { type Role } from '../kit/types.ts';
import { peopleWords } from '../words/peopleWords.ts';

/** What each role is called. */
export const roleNames = { member: 'roleMember', manager: 'roleManager', dso: 'roleDso', auditor: 'roleAuditor' } as const satisfies Record<Role, keyof typeof peopleWords>;

/** Whether a name is only that of a role, in any language: an invitation may have been made before anybody's name was known. */
export function isRoleName(name: string): boolean {
  return Object.values(roleNames).some((role) => peopleWords[role].some((word) => word.toLowerCase() === name.trim().toLowerCase()));
}
