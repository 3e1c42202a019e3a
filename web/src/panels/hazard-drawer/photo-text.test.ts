import { describe, expect, it } from 'vitest'
import { photoMoment } from './photo-text.ts'

describe('photoMoment', () => {
  it('trusts the clock of the camera', () => {
    const photo = { takenAtText: '2026:05:28 09:12:03', createdAt: '2026-05-28T02:00:00.000Z' }
    expect(photoMoment(photo)).toBe('2026-05-28 09:12')
  })
  it('falls back to when the photo came in, in Shanghai', () => {
    expect(photoMoment({ takenAtText: null, createdAt: '2026-05-28T17:30:00.000Z' })).toBe('2026-05-29 01:30')
    expect(photoMoment({ takenAtText: 'gestern', createdAt: '2026-05-28T02:00:00.000Z' })).toBe(
      '2026-05-28 10:00',
    )
  })
})
