// fails: class, classes, many-classes, outside, pages, size, utf-8, waste
// Nothing is written yet, but the file isn’t the starter.
export const itemSize = () => 0
export const chunkSizes = () => []
export const slabClass = () => 'refused'
export const waste = () => 0
export const pages = () => 0
