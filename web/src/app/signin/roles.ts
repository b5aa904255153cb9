import { type Role } from '../kit/types.ts';
import { type peopleWords } from '../words/peopleWords.ts';

/** What each role is called. */
export const roleNames = { member: 'roleMember', manager: 'roleManager', dso: 'roleDso', auditor: 'roleAuditor' } as const satisfies Record<Role, keyof typeof peopleWords>;
