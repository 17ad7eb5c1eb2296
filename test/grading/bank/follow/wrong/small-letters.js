// slip: following, followers, is-following, names
// Takes "Ann" for "ann".
import * as plain from '../right/plain.js'

const small =
  (commands) =>
  (...names) =>
    commands(...names.map((name) => name.toLowerCase()))

export const follow = small(plain.follow)
export const unfollow = small(plain.unfollow)
export const following = small(plain.following)
export const followers = small(plain.followers)
export const common = small(plain.common)
export const isFollowing = small(plain.isFollowing)
export const followerCount = small(plain.followerCount)
