/** Linear light of one colour of an sRGB pixel: byte 0 to 255 in (means of bytes too), 0 to 1 out (IEC 61966-2-1). */
export function linearLight(byte: number): number {
  const value = byte / 255
  return value > 0.04045 ? ((value + 0.055) / 1.055) ** 2.4 : value / 12.92
}
