/** Commands that keep a session with these fields. */
export function saveSession(_id, _fields) {
  return [['PING']]
}

/** Commands that give one field of a session another value. */
export function changeField(_id, _field, _value) {
  return [['PING']]
}

/** Commands whose last reply is the value of a field. */
export function readField(_id, _field) {
  return [['PING']]
}

/** Commands that add points to what a player has. */
export function addPoints(_player, _points) {
  return [['PING']]
}

/** Commands whose last reply is the best players, the best first. */
export function best(_count) {
  return [['PING']]
}

/** Commands whose last reply is how many players are better. */
export function place(_player) {
  return [['PING']]
}

/** Commands for a product that a user looks at. */
export function view(_user, _product) {
  return [['PING']]
}

/** Commands whose last reply is the ten products viewed last, the newest first. */
export function recent(_user) {
  return [['PING']]
}

/** Commands by which a user likes a post. */
export function like(_user, _post) {
  return [['PING']]
}

/** Commands whose last reply is the posts that a user liked. */
export function likes(_user) {
  return [['PING']]
}

/** Commands whose last reply says whether a user liked a post. */
export function hasLiked(_user, _post) {
  return [['PING']]
}

/** Commands that put a message into the queue of a room. */
export function send(_room, _message) {
  return [['PING']]
}

/** Commands whose last reply is the oldest message, which leaves the queue. */
export function receive(_room) {
  return [['PING']]
}
