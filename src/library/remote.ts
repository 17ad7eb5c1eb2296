/** Real servers in the place of simulated nodes. */
export { type Address, parseAddresses } from '../remote/address.js'
export { RemoteSession, realClock } from '../remote/session.js'
