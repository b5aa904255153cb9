/** A member, as a manager sees him. */
export interface MemberShown {
  readonly number: number;
  readonly address: string;
  readonly name?: string | null;
  readonly connectionW: number;
  readonly sharingWeight: number;
  readonly sharingTier: number;
  readonly suspended: boolean;
  readonly assets: readonly { readonly name: string; readonly kind: string; readonly powerW: number }[];
  readonly meter: string | null;
  readonly creditLine?: number;
  readonly balance?: number;
}
