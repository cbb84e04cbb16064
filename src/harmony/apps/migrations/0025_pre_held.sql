-- This number is held for a change that comes from elsewhere; this file goes when it does. Nothing is changed here.
SELECT 1;
