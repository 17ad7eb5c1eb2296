declare module 'unbzip2-stream' {
  interface Unbzip2 {
    on(event: 'data', listener: (chunk: Uint8Array) => void): void
    on(event: 'error', listener: (error: Error) => void): void
    write(chunk: Uint8Array): boolean
    end(): void
  }
  export default function unbzip2(): Unbzip2
}
