/**
 * Where one comes to on the WGS-84 ellipsoid: Vincenty's direct formula (Survey Review 176, 1975), worked here without
 * PostGIS or our own distances, so that both can be held against it. Right to a tenth of a millimetre.
 */
export function travel(
  from: { lng: number; lat: number },
  azimuthDegrees: number,
  meters: number,
): { lng: number; lat: number } {
  const a = 6_378_137
  const f = 1 / 298.257223563
  const b = a * (1 - f)
  const radians = Math.PI / 180
  const azimuth = azimuthDegrees * radians
  const tanU1 = (1 - f) * Math.tan(from.lat * radians)
  const cosU1 = 1 / Math.sqrt(1 + tanU1 ** 2)
  const sinU1 = tanU1 * cosU1
  const sigma1 = Math.atan2(tanU1, Math.cos(azimuth))
  const sinAlpha = cosU1 * Math.sin(azimuth)
  const cosSqAlpha = 1 - sinAlpha ** 2
  const uSq = (cosSqAlpha * (a ** 2 - b ** 2)) / b ** 2
  const A = 1 + (uSq / 16384) * (4096 + uSq * (-768 + uSq * (320 - 175 * uSq)))
  const B = (uSq / 1024) * (256 + uSq * (-128 + uSq * (74 - 47 * uSq)))
  let sigma = meters / (b * A)
  let cos2 = 0
  for (let step = 0; step < 20; step++) {
    cos2 = Math.cos(2 * sigma1 + sigma)
    const sin = Math.sin(sigma)
    const cos = Math.cos(sigma)
    const inner = cos * (2 * cos2 ** 2 - 1) - (B / 6) * cos2 * (4 * sin ** 2 - 3) * (4 * cos2 ** 2 - 3)
    sigma = meters / (b * A) + B * sin * (cos2 + (B / 4) * inner)
  }
  cos2 = Math.cos(2 * sigma1 + sigma)
  const sin = Math.sin(sigma)
  const cos = Math.cos(sigma)
  const lat = Math.atan2(
    sinU1 * cos + cosU1 * sin * Math.cos(azimuth),
    (1 - f) * Math.sqrt(sinAlpha ** 2 + (sinU1 * sin - cosU1 * cos * Math.cos(azimuth)) ** 2),
  )
  const lambda = Math.atan2(sin * Math.sin(azimuth), cosU1 * cos - sinU1 * sin * Math.cos(azimuth))
  const C = (f / 16) * cosSqAlpha * (4 + f * (4 - 3 * cosSqAlpha))
  const longitude =
    lambda - (1 - C) * f * sinAlpha * (sigma + C * sin * (cos2 + C * cos * (2 * cos2 ** 2 - 1)))
  return { lng: from.lng + longitude / radians, lat: lat / radians }
}
