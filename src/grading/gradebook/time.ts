const WRITTEN = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?) ?(Z|[+-]\d\d:?\d\d)$/

/** A moment as ISO 8601 has it, with its zone: `2026-12-01T12:00+01:00`, `2026-12-01 12:00:00 -0800`. */
export function timeIn(text: string): Date | undefined {
  const [, day, time, zone = ''] = WRITTEN.exec(text) ?? []
  const at = new Date(`${day}T${time}${zone.replace(/(\d\d)(\d\d)$/, '$1:$2')}`)
  // 31 February would be taken for a day in March.
  const isDay = !Number.isNaN(at.getTime()) && new Date(`${day}T00:00Z`).toISOString().startsWith(day)
  return isDay ? at : undefined
}
/** `2026-12-01T11:00:00Z`. */
export const timeText = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z')
