// Sorted sets, as lines with quotes.
const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
const out = (name: string) => quoted(`following/${name}`)
const inside = (name: string) => quoted(`followers/${name}`)

export const follow = (a: string, b: string) => [
  'MULTI',
  `ZADD ${out(a)} NX 1 ${quoted(b)}`,
  `ZADD ${inside(b)} NX 1 ${quoted(a)}`,
  'EXEC',
]
export const unfollow = (a: string, b: string) => [
  `ZREM ${out(a)} ${quoted(b)}`,
  `ZREM ${inside(b)} ${quoted(a)}`,
]
export const following = (a: string) => [`ZRANGE ${out(a)} 0 -1`]
export const followers = (b: string) => [`ZRANGE ${inside(b)} 0 -1`]
export const common = (a: string, b: string) => [`ZINTER 2 ${out(a)} ${out(b)}`]
export const isFollowing = (a: string, b: string) => [`ZSCORE ${out(a)} ${quoted(b)}`]
export const followerCount = (b: string) => [`ZCARD ${inside(b)}`]
