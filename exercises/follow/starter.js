/** Commands by which a follows b. */
export function follow(_a, _b) {
  return [['PING']]
}

/** Commands by which a no longer follows b. */
export function unfollow(_a, _b) {
  return [['PING']]
}

/** Commands whose last reply is the names that a follows. */
export function following(_a) {
  return [['PING']]
}

/** Commands whose last reply is the names that follow b. */
export function followers(_b) {
  return [['PING']]
}

/** Commands whose last reply is the names that both follow. */
export function common(_a, _b) {
  return [['PING']]
}

/** Commands whose last reply says whether a follows b. */
export function isFollowing(_a, _b) {
  return [['PING']]
}

/** Commands whose last reply is how many follow b. */
export function followerCount(_b) {
  return [['PING']]
}
