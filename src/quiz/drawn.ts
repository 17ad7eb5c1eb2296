/** The values of a question's `{names}`. */
export type Drawn = Readonly<Record<string, string | number>>

export const percent = (share: number): number => Math.round(share * 1000) / 10
