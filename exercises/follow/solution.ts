type Command = string[]

/** The keys of a person: those that the person follows, and those that follow the person. */
const followingKey = (name: string) => `user:${name}:following`
const followersKey = (name: string) => `user:${name}:followers`

export function follow(a: string, b: string): Command[] {
  return [
    ['SADD', followingKey(a), b],
    ['SADD', followersKey(b), a],
  ]
}

export function unfollow(a: string, b: string): Command[] {
  return [
    ['SREM', followingKey(a), b],
    ['SREM', followersKey(b), a],
  ]
}

export function following(a: string): Command[] {
  return [['SMEMBERS', followingKey(a)]]
}

export function followers(b: string): Command[] {
  return [['SMEMBERS', followersKey(b)]]
}

export function common(a: string, b: string): Command[] {
  return [['SINTER', followingKey(a), followingKey(b)]]
}

export function isFollowing(a: string, b: string): Command[] {
  return [['SISMEMBER', followingKey(a), b]]
}

export function followerCount(b: string): Command[] {
  return [['SCARD', followersKey(b)]]
}
