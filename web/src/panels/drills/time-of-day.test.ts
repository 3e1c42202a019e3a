import { describe, expect, it } from 'vitest'
import { readTimeOfDay } from './time-of-day.ts'

describe('readTimeOfDay', () => {
  it('reads hours and minutes in the usual ways of writing', () => {
    expect(['9:00', '0900', '14：30', '14.30', '8点', '8点05分', '23:59'].map(readTimeOfDay)).toEqual([
      '09:00',
      '09:00',
      '14:30',
      '14:30',
      '08:00',
      '08:05',
      '23:59',
    ])
  })
  it('refuses what no clock shows', () => {
    expect(['24:00', '9:60', '下午', '', '9:5'].map(readTimeOfDay)).toEqual([null, null, null, null, null])
  })
})
