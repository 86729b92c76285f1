// title: The sentence behind a line
// about: >-
//   Click a line in any picture, copy its property `id`, and put it here.

MATCH (c:Claim {relationId: 'rel-…'})-[e:SUBJECT|OBJECT|STATED_IN|ATTRIBUTED_TO]->(n)
RETURN c, e, n
LIMIT 300
