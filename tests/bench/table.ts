/** Milliseconds of both sides, pair by pair. */
export interface Measured {
  what: string
  statements: number
  server: number[]
  bare: number[]
}

/** Prints one line for each, the server beside bare Fastify. */
export function printTable(lines: Measured[]): void {
  console.table(
    Object.fromEntries(
      lines.map(({ what, statements, server, bare }) => [
        what,
        {
          次数: server.length,
          语句: statements,
          'p50 毫秒': round(quantile(server, 0.5)),
          'p99 毫秒': round(quantile(server, 0.99)),
          '裸 Fastify p50': round(quantile(bare, 0.5)),
          '裸 Fastify p99': round(quantile(bare, 0.99)),
          'p50 之比': round(quantile(server, 0.5) / quantile(bare, 0.5)),
          'p99 之比': round(quantile(server, 0.99) / quantile(bare, 0.99))
        }
      ])
    )
  )
}

/** How long each took, and all of them together, milliseconds. */
export interface Rated {
  what: string
  each: number[]
  milliseconds: number
}

/** Prints one line for each: how many a second, and how that stands to the yardstick's. */
export function printRates(lines: Rated[], yardstick: Rated): void {
  const rate = ({ each, milliseconds }: Rated) => (each.length / milliseconds) * 1000
  console.table(
    Object.fromEntries(
      lines.map((line) => [
        line.what,
        {
          次数: line.each.length,
          每秒: Math.round(rate(line)),
          'p50 毫秒': round(quantile(line.each, 0.5)),
          'p99 毫秒': round(quantile(line.each, 0.99)),
          '与裸 Ed25519 之比': Math.round((rate(line) / rate(yardstick)) * 10_000) / 10_000
        }
      ])
    )
  )
}

/** The value that this share of them does not exceed. */
function quantile(values: number[], share: number): number {
  const inOrder = [...values].sort((a, b) => a - b)
  return inOrder[Math.max(Math.ceil(inOrder.length * share) - 1, 0)] ?? Number.NaN
}

const round = (value: number) => Math.round(value * 100) / 100
