/** The part of autocannon that the benchmark uses; the package brings no types. */
declare module 'autocannon' {
  interface Options {
    url: string
    headers?: Record<string, string>
    connections: number
    /** Seconds. */
    duration: number
  }
  interface Result {
    errors: number
    non2xx: number
    latency: { p50: number; p97_5: number; max: number }
    requests: { average: number }
  }
  export default function autocannon(options: Options): Promise<Result>
}
