update exception
set explanation = :explanation
where id = :id and room = 'match';
