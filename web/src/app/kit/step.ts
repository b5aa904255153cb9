/** Something to do, in an order. */
export interface Step {
  readonly title: string;
  readonly text: string;
  readonly isDone: boolean;
  /** Where to do it, and what that is called. */
  readonly action?: { readonly href: string; readonly label: string };
}
