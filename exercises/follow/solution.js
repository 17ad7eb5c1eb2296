/** The keys of a person: those that the person follows, and those that follow the person. */
const followingKey = (name) => `user:${name}:following`
const followersKey = (name) => `user:${name}:followers`

export function follow(a, b) {
  return [
    ['SADD', followingKey(a), b],
    ['SADD', followersKey(b), a],
  ]
}

export function unfollow(a, b) {
  return [
    ['SREM', followingKey(a), b],
    ['SREM', followersKey(b), a],
  ]
}

export function following(a) {
  return [['SMEMBERS', followingKey(a)]]
}

export function followers(b) {
  return [['SMEMBERS', followersKey(b)]]
}

export function common(a, b) {
  return [['SINTER', followingKey(a), followingKey(b)]]
}

export function isFollowing(a, b) {
  return [['SISMEMBER', followingKey(a), b]]
}

export function followerCount(b) {
  return [['SCARD', followersKey(b)]]
}
