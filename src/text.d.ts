/** Files that are bundled as their text. */
declare module '*.md' {
  const text: string
  export default text
}
declare module '*.yml' {
  const text: string
  export default text
}
declare module '*.py' {
  const text: string
  export default text
}
declare module '*.redis' {
  const text: string
  export default text
}
declare module '*.txt' {
  const text: string
  export default text
}
