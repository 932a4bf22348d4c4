/** Whether this end can read a QR code with the camera by itself; in a browser the phone's own camera opens our address instead. */
export const canScan: boolean = false

/** What a QR code says; null when the person gave up. */
export async function scan(): Promise<string | null> {
  return null
}
