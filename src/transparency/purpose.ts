/** What any model here is for, and what it must never be used for. Law and policy behind it: docs/policy. */
export const PURPOSE = {
  serves: [
    'Finding, in a gallery of booking photographs, people who resemble the person on one probe, after policy permitted that one search.',
    'Putting a short list in front of two trained examiners; the second does not see what the first concluded.',
  ],
  never: [
    'Saying who somebody is. A candidate is a lead to be investigated, never an identification.',
    'Arresting, stopping or charging anybody on a candidate list, or on a lead without independent evidence.',
    'Deciding anything without people: no list leads to an act by itself.',
    'Watching live video or crowds.',
    'Telling sex, age, race, mood or honesty from a face: it measures none of them.',
    'Comparing similarity scores of two models, or reading a score as a probability.',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>
