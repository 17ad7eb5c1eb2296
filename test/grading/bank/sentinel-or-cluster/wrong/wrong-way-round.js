// fails: size, load, transactions, one-server, persistence, availability, values
// Cluster for what fits.
import { choose as right } from '../right/plain.js'

export const choose = (s) => (right(s) === 'cluster' ? 'sentinel' : 'cluster')
