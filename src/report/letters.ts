/** A sign for each of so many owners. */
export const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** What stands for the owner of a piece that has no room for its name: a letter or digit, else its number. */
export const letterOf = (owner: number): string => LETTERS[owner] ?? String(owner)
