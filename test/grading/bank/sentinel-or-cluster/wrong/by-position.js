// fails: size, load, transactions
// Takes the fields by their places.
import { choose as right } from '../right/plain.js'

export const choose = (s) => {
  const [dataGb, memoryPerServerGb, , multiKeyTransactions, requestsPerSecond] = Object.values(s)
  return right({ dataGb, memoryPerServerGb, multiKeyTransactions, requestsPerSecond })
}
