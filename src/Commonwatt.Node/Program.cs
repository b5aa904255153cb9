Console.WriteLine("Commonwatt");
