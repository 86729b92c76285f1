// title: On which sentences does “$subject – $relation – $object” stand?
// about: >-
//   Every line stands on claims, one for each article that says so. Click a claim (pale): its property `sentence` is
//   the sentence, `quote` the words. From it lines lead to the article, and to the statement of whoever said so.

MATCH (a:Entity {name: $subject})-[r]->(b:Entity {name: $object})
WHERE type(r) = $type
MATCH (c:Claim {relationId: r.id})
MATCH (c)-[e:SUBJECT|OBJECT|STATED_IN|ATTRIBUTED_TO]->(n)
RETURN a, r, b, c, e, n
ORDER BY r.support DESC, c.id
LIMIT 300
