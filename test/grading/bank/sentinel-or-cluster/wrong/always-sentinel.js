// fails: size
// One answer for everything.
export const choose = () => 'sentinel'
