// slip: one-server
export const choose = (scenario) => (scenario.multiKeyTransactions ? 'sentinel' : 'cluster')
