import { type Step } from '../kit/step.ts';
import { type managerWords } from '../words/managerWords.ts';

/** What the API tells of how far a new community is. */
export interface HowFar {
  readonly hasKey: boolean;
  readonly hasTariff: boolean;
  readonly invitations: number;
  readonly waiting: number;
  readonly members: number;
  readonly meters: number;
}

/** What a manager does first, and what of it is done. */
export function firstSteps({ hasKey, hasTariff, invitations, waiting, members, meters }: HowFar, say: (key: keyof typeof managerWords & string, values?: Readonly<Record<string, string | number>>) => string): readonly Step[] {
  return [
    { title: say('stepKey'), text: say('stepKeyText'), isDone: hasKey, action: { href: '/keys', label: say('toKeys') } },
    { title: say('stepTariff'), text: say('stepTariffText'), isDone: hasTariff, action: { href: '/rules', label: say('rulesPage') } },
    { title: say('stepInvite'), text: say('stepInviteText'), isDone: invitations + waiting + members > 0, action: { href: '/members/invitations', label: say('invite') } },
    { title: say('stepAdmit'), text: waiting > 0 ? say('stepAdmitNow', { count: waiting }) : say('stepAdmitText'), isDone: members > 0 && waiting === 0, action: { href: '/members', label: say('tabMembers') } },
    { title: say('stepMeters'), text: say('stepMetersText'), isDone: members > 0 && meters >= members, action: { href: '/members', label: say('tabMembers') } },
  ];
}
