/** The longest round distance (1, 2, 2.5 or 5 times a power of ten) that fits into so many pixels. */
export function scaleOf(metersPerPixel: number, maxPixels: number): { meters: number; pixels: number } {
  const most = metersPerPixel * maxPixels
  if (!(most > 0) || !Number.isFinite(most)) return { meters: 0, pixels: 0 }
  const power = 10 ** Math.floor(Math.log10(most))
  const factor = [5, 2.5, 2, 1].find((step) => step * power <= most) ?? 1
  const meters = factor * power
  return { meters, pixels: Math.round(meters / metersPerPixel) }
}
