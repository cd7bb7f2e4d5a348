import { SingleBar } from 'cli-progress'
import { type Command, Option } from 'commander'
import { type GalleryPlace, type MoveProgress, moveGallery, sealBooking, unsealBooking } from '../gallery/index.ts'
import type { CliDeps } from './cli-deps.ts'
import { need, say } from './say.ts'
import { asPerson } from './sign-in-at-terminal.ts'

interface SealOptions {
  readonly user: string
  readonly order: string
}

interface MoveOptions {
  readonly user: string
  readonly to: GalleryPlace
}

/** `countenance gallery seal|unseal|move`: what is searched, and where. */
export function addGalleryCommand(program: Command, deps: CliDeps): void {
  const gallery = program
    .command('gallery')
    .description('seal bookings by order; move the search to a cluster and back')
  addSeal(gallery, deps)
  addMove(gallery, deps)
}

function addSeal(gallery: Command, deps: CliDeps): void {
  const acts = [
    { name: 'seal', act: sealBooking, what: 'take a booking out of every search at once, by order', told: 'is sealed' },
    { name: 'unseal', act: unsealBooking, what: 'end the seal of a booking, by order', told: 'is searched again' },
  ] as const
  for (const { name, act, what, told } of acts) {
    gallery
      .command(name)
      .description(what)
      .argument('<booking>', 'id of the booking (bkg_...)')
      .requiredOption('--order <reference>', 'reference of the order')
      .requiredOption('--user <username>', 'your username (a gallery custodian)')
      .action((booking: string, { user, order }: SealOptions) =>
        asPerson(deps, user, async (rooms, actor) => {
          need(await act(rooms, actor, { booking, order }))
          say(`Booking ${booking} ${told}.`)
        }),
      )
  }
}

function addMove(gallery: Command, deps: CliDeps): void {
  gallery
    .command('move')
    .description('move the search of the gallery; safe to interrupt and to repeat')
    .addOption(
      new Option('--to <place>', 'where searches are made').choices(['cluster', 'embedded']).makeOptionMandatory(),
    )
    .requiredOption('--user <username>', 'your username (an administrator)')
    .action(({ user, to }: MoveOptions) =>
      asPerson(deps, user, async (rooms, actor) => {
        const openIndex = () => rooms.openIndexOf(rooms.engine.model, to)
        const bar = moveBar()
        const moved = await moveGallery(rooms, actor, { place: to, openIndex }, bar.update).finally(bar.stop)
        const { photographs } = need(moved)
        say(`Searches are made in the ${to} gallery now: ${photographs} photographs, each compared with the database.`)
      }),
    )
}

/** One bar for copying, one for comparing. */
function moveBar(): { update(progress: MoveProgress): void; stop(): void } {
  const bar = new SingleBar({
    format: '{step} {bar} {value} of {total} photographs  {eta_formatted} left',
    hideCursor: true,
  })
  let shown: MoveProgress['step'] | null = null
  return {
    update: ({ step, done, rows }) => {
      if (shown !== step) {
        if (shown !== null) bar.stop()
        bar.start(rows, done, { step })
      }
      shown = step
      bar.update(done, { step })
    },
    stop: () => bar.stop(),
  }
}
