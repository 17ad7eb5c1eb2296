// A key for each pair beside the sets, all at once.
const line = (...words: (string | number)[]) => words.map((word) => JSON.stringify(word)).join(' ')
const atOnce = (...lines: string[]) => ['MULTI', ...lines, 'EXEC']

export const follow = (a: string, b: string) =>
  atOnce(line('SET', `pair:${a}:${b}`, 1), line('SADD', `out:${a}`, b), line('SADD', `in:${b}`, a))
export const unfollow = (a: string, b: string) =>
  atOnce(line('DEL', `pair:${a}:${b}`), line('SREM', `out:${a}`, b), line('SREM', `in:${b}`, a))
export const following = (a: string) => atOnce(line('SMEMBERS', `out:${a}`))
export const followers = (b: string) => [line('SUNION', `in:${b}`)]
export const common = (a: string, b: string) =>
  atOnce(line('SINTERSTORE', 'both', `out:${a}`, `out:${b}`), line('SMEMBERS', 'both'))
export const isFollowing = (a: string, b: string) => [line('GET', `pair:${a}:${b}`)]
export const followerCount = (b: string) => atOnce(line('SCARD', `in:${b}`))
