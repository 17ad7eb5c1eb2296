/** Replaced by the build with the version in package.json. */
declare const CACHELAB_VERSION: string

export const version = CACHELAB_VERSION
