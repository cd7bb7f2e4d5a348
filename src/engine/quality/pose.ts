import type { Pose } from '../engine.ts'
import type { MeshPoint } from '../find-landmarks.ts'

// Outer eye corners, top of the forehead and tip of the chin in MediaPipe's canonical face model.
const LEFT_EYE_CORNER = 33
const RIGHT_EYE_CORNER = 263
const FOREHEAD = 10
const CHIN = 152

/**
 * How the head is turned, in degrees, from the depth of the face mesh. An estimate: the mesh
 * understates large turns, so a face said to be turned by 40 degrees may be turned further.
 */
export function poseOf(mesh: readonly MeshPoint[]): Pose {
  const across = between(mesh, LEFT_EYE_CORNER, RIGHT_EYE_CORNER)
  const down = between(mesh, FOREHEAD, CHIN)
  return {
    yaw: degrees(Math.atan2(across.z, Math.hypot(across.x, across.y))),
    pitch: degrees(Math.atan2(down.z, Math.hypot(down.x, down.y))),
    roll: degrees(Math.atan2(across.y, across.x)),
  }
}

function between(mesh: readonly MeshPoint[], from: number, to: number): MeshPoint {
  const [start, end] = [mesh[from], mesh[to]]
  if (!start || !end) throw new RangeError('A pose needs the whole face mesh.')
  return { x: end.x - start.x, y: end.y - start.y, z: end.z - start.z }
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI
}
